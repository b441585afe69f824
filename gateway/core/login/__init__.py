"""The login machine: typed steps, flows that any process can go on with."""
