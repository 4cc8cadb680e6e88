"""Determine which profiles a reader may need to hide from others."""

from guidegen.model.partner import Partner


def is_sensitive(partner: Partner, sensitive_types: frozenset[str]) -> bool:
    """Return whether it could endanger people to be seen reading a profile.

    True if the first service, or at least half of the services, are mainly of a sensitive type, or if a location is confidential.
    The reasons are in docs/decisions/0008.
    """
    main_types = [service.types[0] for service in partner.offered if service.types]
    exposed = [type_id for type_id in main_types if type_id in sensitive_types]
    return (
        partner.is_exposed
        or any(place.confidential for place in partner.locations)
        or bool(exposed and (main_types[0] in sensitive_types or 2 * len(exposed) >= len(main_types)))
    )
