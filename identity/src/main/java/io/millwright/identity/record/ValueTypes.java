package io.millwright.identity.record;

/// Names of value types: those of RFC 3651, section 3.2, those in common use, and Millwright's own, which lie under
/// `MILLWRIGHT.` so that one query for that hierarchy returns them all.
public final class ValueTypes {

    /// Who may change the record: [Administrator].
    public static final String HS_ADMIN = "HS_ADMIN";

    /// Servers that answer for a prefix: [Site].
    public static final String HS_SITE = "HS_SITE";

    /// Servers that answer for the prefixes below a prefix: [Site].
    public static final String HS_SITE_PREFIX = "HS_SITE.PREFIX";

    /// A handle whose HS_SITE.PREFIX values are to be used for the prefixes below.
    public static final String HS_SERV_PREFIX = "HS_SERV.PREFIX";

    /// The former name of HS_SITE.PREFIX (RFC 3651, section 3.2.3).
    public static final String HS_NA_DELEGATE = "HS_NA_DELEGATE";

    /// A secret key, shared with the server: octets.
    public static final String HS_SECKEY = "HS_SECKEY";

    /// A public key, which proves the owner of its private half.
    public static final String HS_PUBKEY = "HS_PUBKEY";

    /// A group of administrators: references.
    public static final String HS_VLIST = "HS_VLIST";

    /// The primary sites of one handle: references to HS_SITE values.
    public static final String HS_PRIMARY = "HS_PRIMARY";

    /// A handle whose HS_SITE values are to be used.
    public static final String HS_SERV = "HS_SERV";

    /// Another name: resolve that one instead.
    public static final String HS_ALIAS = "HS_ALIAS";

    /// A location.
    public static final String URL = "URL";

    /// A description for people.
    public static final String DESC = "DESC";

    /// What kind of thing an asset is, UTF-8 text.
    public static final String ASSET_TYPE = "MILLWRIGHT.TYPE";

    /// Where an asset stands, outermost level first, separated by slashes, UTF-8 text.
    public static final String PLACE = "MILLWRIGHT.PLACE";

    /// The name of the plant an asset belongs to, UTF-8 text, with a reference to the plant's handle.
    public static final String PLANT = "MILLWRIGHT.PLANT";

    /// One signal: a JSON object; see `docs/reference/identifiers.md`.
    public static final String SIGNAL = "MILLWRIGHT.SIGNAL";

    /// The handle of an asset of the plant, UTF-8 text, with a reference to it.
    public static final String ASSET = "MILLWRIGHT.ASSET";

    /// How many assets a plant has, decimal text.
    public static final String ASSET_COUNT = "MILLWRIGHT.ASSET-COUNT";

    /// A data template: a JSON object; see `docs/reference/doors.md`.
    public static final String TEMPLATE = "MILLWRIGHT.TEMPLATE";

    /// The handle of the template that a record was registered by, as second-level nodes write it.
    public static final String TEMPLATE_ID = "TEMPLATE_ID";

    /// The version of that template.
    public static final String TEMPLATE_VERSION = "TEMPLATE";

    /// How old the answer is in which it stands: seconds, decimal text. Recursive nodes add it where nobody who could
    /// tell anew answers; it is registered nowhere.
    public static final String STALE = "MILLWRIGHT.STALE";

    private ValueTypes() {}
}
