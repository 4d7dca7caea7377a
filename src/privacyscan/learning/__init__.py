"""Measuring on labelled corpora, and fitting the classifier from seeds/."""
