"""What the page of letters, talks and honours is made of (表扬与提醒)."""
