"""Applications of the portal (ЕПГУ), for contracted partners."""
