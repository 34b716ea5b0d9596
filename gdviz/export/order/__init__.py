"""What is wanted of an export, in whatever way it is said, as a document and a spec."""
