"""The one data call: what is asked by interval, in which batches, and how answers are kept."""
