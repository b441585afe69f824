"""The objects of the partner interface, key by key in the service's own order."""
