"""Makes what is handed to offices: a folder for Windows, a portable zip, a setup, and a Linux bundle."""
