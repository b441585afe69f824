"""What a provider plugin implements and declares."""
