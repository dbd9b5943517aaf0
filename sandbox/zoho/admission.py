"""Who may use the API: a live access token, the right organisation, credits left for today."""

from fastapi import Request

from sandbox.zoho.errors import ZohoError
from sandbox.zoho.exchange import standin_of

_SCHEME = "Zoho-oauthtoken "
_WITHOUT_ORG = "/api/v1/organizations"


async def admit(request: Request) -> None:
    """Raise 401, 403 or 429 unless this request may be served."""
    standin = standin_of(request)
    header = request.headers.get("authorization")
    if header is None:
        raise ZohoError(401, "UNAUTHORIZED", "You are not authenticated.")
    known = header.startswith(_SCHEME) and standin.tokens.known(header.removeprefix(_SCHEME))
    if not known or standin.faults.plan.revoked_token:
        raise ZohoError(401, "INVALID_OAUTH", "The OAuth token you provided is invalid.")
    org = request.headers.get("orgid")
    if request.url.path != _WITHOUT_ORG and org != standin.config.org_id:
        raise ZohoError(403, "OAUTH_ORG_MISMATCH", "The organisation does not match the token.")
    standin.credits.require()
