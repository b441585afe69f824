"""Parts that several answers share."""
