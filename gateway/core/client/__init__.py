"""The public face: gateways, diaries, and what answers their calls."""
