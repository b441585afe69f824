"""ЕСИА as the sign-in system of diaries: in the person's own browser, or without one."""
