"""What a workstation keeps until the shared database has it (待上传): journal and sender."""
