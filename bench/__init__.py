"""The benchmark: the program against other mapping engines and against the floor of the machine."""
