"""Photos, recordings and scans of a case (附件): taken in, looked at, masked, taken out."""
