"""What the adapter does for a family, part by part."""
