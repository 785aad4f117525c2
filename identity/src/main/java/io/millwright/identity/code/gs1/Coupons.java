package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The two formats of North American coupons: AI (8110), "North American Coupon Application Guideline Using GS1
/// DataBar Expanded Symbols", and AI (8112), "GS1 AI (8112) Coupon Data Specification".
///
/// Fields stand one after the other; a digit before a field of variable length says how long it is. Optional fields are
/// announced by a digit each, in ascending order.
final class Coupons {

    private static final int OFFER_CODE = 6;
    private static final int FAMILY_CODE = 3;
    private static final int DATE = 6;

    private final String data;
    private int at;
    private @Nullable Fault fault;

    private Coupons(String data) {
        this.data = data;
    }

    /// `couponcode`: AI (8110).
    static Optional<Fault> coupon(String value) {
        return digits(value).or(() -> {
            var coupon = new Coupons(value);
            coupon.companyPrefix("company prefix of the first purchase", "0123456");
            coupon.field(OFFER_CODE, "offer code");
            coupon.field(coupon.length("save value", "12345", 0), "save value");
            coupon.purchase("first");
            coupon.optionalFields();
            return coupon.end();
        });
    }

    /// `couponposoffer`: AI (8112).
    static Optional<Fault> positiveOffer(String value) {
        return digits(value).or(() -> {
            var coupon = new Coupons(value);
            coupon.choice("format", "01");
            coupon.field(coupon.length("funder", "0123456", 6), "funder");
            coupon.field(OFFER_CODE, "offer code");
            coupon.field(coupon.length("serial number", "0123456789", 6), "serial number");
            return coupon.end();
        });
    }

    private static Optional<Fault> digits(String value) {
        int bad = Characters.NUMERIC.firstOutside(value);
        return bad < 0 ? Optional.empty() : Check.fault(bad, "a coupon consists of digits");
    }

    private void optionalFields() {
        if (announced('1')) {
            choice("rules of additional purchases", "0123");
            purchase("second");
            companyPrefix("company prefix of the second purchase", "01234569");
        }
        if (announced('2')) {
            purchase("third");
            companyPrefix("company prefix of the third purchase", "01234569");
        }
        String expires = "";
        if (announced('3')) {
            expires = date("expiration date");
        }
        if (announced('4')) {
            int startsAt = at;
            var starts = date("start date");
            if (!expires.isEmpty() && fault == null && expires.compareTo(starts) < 0) {
                fail(startsAt, "start date is after the expiration date");
            }
        }
        if (announced('5')) {
            field(length("serial number", "0123456789", 6), "serial number");
        }
        if (announced('6')) {
            companyPrefix("retailer's company prefix or GLN", "1234567");
        }
        if (announced('9')) {
            choice("save value code", "01256");
            choice("item the save value applies to", "012");
            field(1, "store coupon flag");
            choice("\"do not multiply\" flag", "01");
        }
    }

    private void purchase(String which) {
        field(
                length("requirement of the " + which + " purchase", "12345", 0),
                "requirement of the " + which + " purchase");
        choice("requirement code of the " + which + " purchase", "012349");
        field(FAMILY_CODE, "family code of the " + which + " purchase");
    }

    /// The length digit 9 stands for no prefix at all.
    private void companyPrefix(String what, String lengths) {
        int start = at;
        int length = length(what, lengths, 6);
        if (fault == null && data.charAt(start) != '9') {
            field(length, what);
        }
    }

    private String date(String what) {
        int start = at;
        field(DATE, what);
        if (fault == null) {
            var date = data.substring(start, at);
            Dates.day(date).ifPresent(f -> fail(start + f.at(), what + ": " + f.message()));
            return date;
        }
        return "";
    }

    private boolean announced(char digit) {
        boolean here = fault == null && at < data.length() && data.charAt(at) == digit;
        if (here) {
            at++;
        }
        return here;
    }

    private int length(String what, String allowed, int added) {
        choice("length of the " + what, allowed);
        return fault == null ? data.charAt(at - 1) - '0' + added : 0;
    }

    private void choice(String what, String allowed) {
        if (fault != null) {
            return;
        }
        if (at >= data.length()) {
            fail(at, what + " is missing");
        } else if (allowed.indexOf(data.charAt(at)) < 0) {
            fail(at, what + " is " + data.charAt(at) + ", must be one of " + String.join(" ", allowed.split("")));
        } else {
            at++;
        }
    }

    private void field(int length, String what) {
        if (fault != null) {
            return;
        }
        if (data.length() - at < length) {
            fail(data.length(), what + " must have " + length + " digits, has " + (data.length() - at));
        } else {
            at += length;
        }
    }

    private void fail(int where, String message) {
        if (fault == null) {
            fault = new Fault(where, message);
        }
    }

    private Optional<Fault> end() {
        if (fault == null && at < data.length()) {
            fail(at, "nothing may follow here");
        }
        return Optional.ofNullable(fault);
    }
}
