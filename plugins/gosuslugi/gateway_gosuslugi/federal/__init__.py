"""The published federal contract of a diary (notes 4.5): a model of what regions had to serve.

No region is known to serve it. Here our weeks are written in its form, and documents of its form
are read into our model, offline only.
"""
