"""Fits the weights of the extraction's models to labelled articles; needs scikit-learn (the `train` extra).

`python -m pipeline.training --labels DIR --articles FILE` fits, measures and writes them. Each decision's evidence
comes from the module that the reader asks too, so what is fitted is what is read. Nothing that reads imports this.
"""
