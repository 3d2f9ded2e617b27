"""The parts of the administration page (管理), each a list with its form."""
