"""Reads labelled articles with the extractor, in memory and without a warehouse."""

from collections.abc import Mapping

from pipeline.evaluate.labels import LabelledArticle
from pipeline.evaluate.predictions import ArticleRows, from_tables
from pipeline.extract.reader import read
from pipeline.extract.rows import tables
from pipeline.identity import article_id


def from_extractor(articles: Mapping[str, LabelledArticle]) -> dict[str, ArticleRows]:
    """What the extractor finds in each article, by document."""
    predicted = {}
    for doc, (text, published_on, title) in articles.items():
        found = tables(article_id(text), text, read(text, published_on, title))
        predicted[doc] = from_tables(text, found)
    return predicted
