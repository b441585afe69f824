"""ЭлЖур: schools, colleges and whole regions on one commercial journal."""
