"""The faces of the start page (工作台): one for each kind of work, in the same frame."""
