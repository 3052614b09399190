"""National policy documents in, validated data packages out."""
