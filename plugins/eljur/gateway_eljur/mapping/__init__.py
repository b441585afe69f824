"""From wire types to records of the model; pure functions."""
