"""What the labels of published corpora mean in this project's words: one table a corpus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Labels of a corpus, and the practices that they mean.

    Where a practice is wider than its labels, ``words`` is a pattern for what
    the labels cover, and answers whose clause names none of it aren't counted.
    """

    labels: tuple[str, ...]
    practices: tuple[str, ...]
    words: str = ""


# A place of storage (10.2) that names a Chinese one.
STORED_IN_CHINA = "10.2 China"

APP350 = {
    "ip_address": Target(("Identifier_IP_Address",), ("ip_address",)),
    "cookies_tracking": Target(("Identifier_Cookie_or_similar_Tech",), ("cookies_tracking",)),
    "device_identifier": Target(
        (
            "Identifier_Device_ID",
            "Identifier_Ad_ID",
            "Identifier_IMEI",
            "Identifier_IMSI",
            "Identifier_MAC",
            "Identifier_SIM_Serial",
        ),
        ("device_identifier",),
    ),
    "precise_location": Target(("Location_GPS",), ("precise_location",)),
    # The friends list of a social network belongs to "SSO" there.
    "address_book": Target(
        ("Contact_Address_Book",), ("address_book",), r"contact|address book|phone ?book|phone numbers"
    ),
    # Names, user names and profiles have no label there.
    "contact_identity": Target(
        ("Contact_E_Mail_Address", "Contact_Phone_Number", "Contact_Postal_Address"),
        ("contact_identity",),
        r"e-?mail|phone|(?:postal|mailing|home|street|physical|billing|residential) address|, address|address,",
    ),
    "location": Target(
        (
            "Location",
            "Location_GPS",
            "Location_WiFi",
            "Location_Cell_Tower",
            "Location_Bluetooth",
            "Location_IP_Address",
        ),
        ("precise_location", "approximate_location"),
    ),
}

GDPR200 = {
    "cross_border_transfer": Target(("Third-country Transfers",), ("cross_border_transfer",)),
    "retention": Target(("Data Retention Period",), ("retention_period_stated", "retention_indefinite")),
    "right_to_delete": Target(("Right to Erasure",), ("right_to_delete",)),
    "right_to_access": Target(("Right to Access", "Right to Portability"), ("right_to_access",)),
    "rights": Target(
        ("Right to Erasure", "Right to Access", "Right to Portability"), ("right_to_delete", "right_to_access")
    ),
}

APPCP100 = {
    "storage_china": Target((STORED_IN_CHINA,), ("storage_china",)),
    "cross_border_transfer": Target(("9",), ("cross_border_transfer",)),
    "retention": Target(("10.1",), ("retention_period_stated", "retention_indefinite")),
    "right_to_access": Target(("6.2", "6.7"), ("right_to_access",)),
    "right_to_delete": Target(("6.4",), ("right_to_delete",)),
    # "6" stands for the rights of individuals in general.
    "rights": Target(("6", "6.2", "6.4", "6.7"), ("right_to_delete", "right_to_access")),
    "cookies_tracking": Target(("13.1",), ("cookies_tracking",)),
}

_TYPE = "Personal Information Type"
OPP115 = {
    "cookies_tracking": Target((f"{_TYPE}: Cookies and tracking elements",), ("cookies_tracking",)),
    "ip_or_device_identifier": Target((f"{_TYPE}: IP address and device IDs",), ("ip_address", "device_identifier")),
    "device_info": Target((f"{_TYPE}: Computer information",), ("device_info",)),
    "location": Target((f"{_TYPE}: Location",), ("precise_location", "approximate_location")),
    "contact_identity": Target((f"{_TYPE}: Contact",), ("contact_identity",)),
    "payment_financial": Target((f"{_TYPE}: Financial",), ("payment_financial",)),
    "usage_logs": Target((f"{_TYPE}: User online activities",), ("usage_logs",)),
    "advertising": Target(("Purpose: Advertising",), ("targeted_advertising", "advertiser_sharing")),
    "business_transfer": Target(("Purpose: Merger/Acquisition",), ("business_transfer",)),
    "affiliate_sharing": Target(("Third Party Entity: Other part of company/affiliate",), ("affiliate_sharing",)),
    "security_measures": Target(("Data Security",), ("security_measures",)),
    "children_barred": Target(("Audience Type: Children",), ("children_barred",)),
    "retention": Target(("Data Retention",), ("retention_period_stated", "retention_indefinite")),
    "right_to_delete": Target(
        ("Access Type: Delete account (partial)", "Access Type: Delete account (full)"), ("right_to_delete",)
    ),
}

# Topics of a sentence, by their place in the list of labels. They are wider than practices: "storage" is any
# sentence on keeping, "management" any button of the settings, so recall has a low ceiling; and what a sentence
# denies is of the topic too. Collection, permissions, use, revisions and the end of a service are no practices of ours.
CAPP130 = {
    "sharing": Target(
        ("2",),
        (
            "service_provider_sharing",
            "affiliate_sharing",
            "advertiser_sharing",
            "government_disclosure",
            "business_transfer",
            "sale_of_data",
        ),
    ),
    "storage": Target(
        ("4",), ("storage_china", "cross_border_transfer", "retention_period_stated", "retention_indefinite")
    ),
    "security": Target(("5",), ("security_measures", "breach_notification")),
    "children": Target(("6",), ("children_barred",)),
    "rights": Target(("7",), ("right_to_access", "right_to_delete")),
    "contact": Target(("8",), ("contact_or_dpo",)),
}
