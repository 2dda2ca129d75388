"""The data contract as code. This package stays empty, so that `schemas.vocabulary` pulls in nothing."""
