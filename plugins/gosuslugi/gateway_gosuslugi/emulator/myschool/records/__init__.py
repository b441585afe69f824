"""The world's records in the service's words, one module per object type (notes 4.3)."""
