"""An example provider: the fictional school diary «Маяк»."""
