"""Small sheets made by the tests, in every container the program reads."""
