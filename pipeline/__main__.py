"""`python -m pipeline` does what `breach-ledger` does."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
