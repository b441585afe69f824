"""The cells: each is one function that measures one sample in a process of its own."""
