"""A fictional school world and the host that serves it in the wire formats of real providers."""
