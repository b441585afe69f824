"""The diary's shapes → the model, as plain data."""
