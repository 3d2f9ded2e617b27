"""Whether the shared database keeps a layout (版式) already, answered without the rights on bytes.

Every paper asks it; who may read the bytes under a hash is a long question, and a layout is no
secret. Of anything but a layout it says nothing.
"""

LAYOUT = "application/toml"
KEEPS_LAYOUT = f"""
CREATE OR REPLACE FUNCTION keeps_layout(p_sha text) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM blobs b JOIN blob_chunks c ON c.sha256 = b.sha256
    WHERE b.sha256 = p_sha AND b.media_type = '{LAYOUT}');
END $$
"""
