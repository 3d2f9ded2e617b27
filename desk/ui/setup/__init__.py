"""First set-up (建立街道): five steps from an empty database to a hall that works."""
