package io.millwright.iec61131.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a piece of a text stands in it. The piece keeps its own offsets when the text around it changes, so
/// that what was found out about it stays true; only its place moves.
public final class Excerpt implements Source.Origin {
    private static final int[] NO_TOKENS = {};

    private volatile Place place;

    private Excerpt(Place place) {
        this.place = place;
    }

    /// Where the piece is now.
    ///
    /// @param start of the piece in the whole, or where [#newer] is there, of no meaning
    /// @param newer a later version of the piece, which has some tokens in common with it
    /// @param from where these tokens begin in this version, ascending
    /// @param to where they begin in the later one
    private record Place(Source whole, int start, @Nullable Source newer, int[] from, int[] to) {}

    /// The characters from `start` to before `end` of a text, as a text of their own.
    public static Source of(Source whole, int start, int end) {
        var place = new Place(whole, start, null, NO_TOKENS, NO_TOKENS);
        return new Source(whole.text().substring(start, end), new Excerpt(place));
    }

    /// Says that the piece stands elsewhere now, unchanged.
    public void move(Source whole, int start) {
        place = new Place(whole, start, null, NO_TOKENS, NO_TOKENS);
    }

    /// Says that the piece was changed, and where its tokens that are still there stand in the later version.
    public void follow(Source newer, int[] from, int[] to) {
        place = new Place(newer, 0, newer, from, to);
    }

    /// The later version of the piece, if there is one.
    @Nullable
    Source newer() {
        return place.newer;
    }

    /// Where a character stands in the later version.
    int offsetInNewer(int offset) {
        return moved(place, offset);
    }

    /// The text that it is a piece of, and of which it may have been made.
    public Source whole() {
        Place now = place;
        Excerpt newer = now.newer == null ? null : now.newer.excerpt();
        return newer == null ? now.whole : newer.whole();
    }

    /// Where a character of the piece stands in the whole.
    public int offsetInWhole(int offset) {
        Place now = place;
        Excerpt newer = now.newer == null ? null : now.newer.excerpt();
        return newer == null ? now.start + offset : newer.offsetInWhole(moved(now, offset));
    }

    @Override
    public Source source() {
        return place.whole.known();
    }

    @Override
    public int offset(int made) {
        Place now = place;
        return now.whole.knownOffset(moved(now, made));
    }

    @Override
    public String element(int made) {
        Place now = place;
        return now.whole.element(moved(now, made));
    }

    /// Where a character stands in the whole, or in the later version.
    private static int moved(Place now, int offset) {
        if (now.newer == null) {
            return now.start + offset;
        }
        if (offset == 0 || now.from.length == 0) {
            return 0;
        }
        int found = Arrays.binarySearch(now.from, offset);
        int token = found >= 0 ? found : Math.max(0, -found - 2);
        int moved = now.to[token] + Math.max(0, offset - now.from[token]);
        return Math.min(moved, now.newer.text().length());
    }
}
