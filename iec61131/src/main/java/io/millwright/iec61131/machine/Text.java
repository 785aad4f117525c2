package io.millwright.iec61131.machine;

import java.util.Arrays;

/// The value of a STRING or WSTRING variable: characters in place, up to a fixed number. Nothing is allocated
/// when it changes.
///
/// Characters of a STRING are ISO 8859-1, those of a WSTRING UTF-16 units.
public final class Text {
    private char[] characters;
    private int capacity;
    private int length;
    /// Up to where characters behind the end were put one by one; what lies between stays as it was, and the
    /// first of them is 0.
    private int behind;

    /// @param capacity the most characters it holds
    public Text(int capacity) {
        this.characters = new char[capacity];
        this.capacity = capacity;
    }

    /// Makes it empty, and makes it hold so many characters from now on.
    void renew(int newCapacity) {
        if (newCapacity > characters.length) {
            characters = new char[Math.max(newCapacity, 2 * characters.length)];
        }
        capacity = newCapacity;
        clear();
    }

    /// A text of exactly this value, for constants.
    public static Text of(String value) {
        var text = new Text(Math.max(1, value.length()));
        text.set(value);
        return text;
    }

    public int length() {
        return length;
    }

    public int capacity() {
        return capacity;
    }

    /// The character at an index from 0; beyond the length 0 unless it was put there, beyond the capacity a trap.
    public int at(int index) {
        char character = characters[inside(index)];
        return index < length || index < behind ? character : 0;
    }

    /// Changes one character in place, as an index into a text and a pointer do: a text ends at its first 0.
    /// What is put behind its end belongs to it as soon as no 0 lies before.
    public void put(int index, int character) {
        inside(index);
        if (index < length) {
            characters[index] = (char) character;
            if (character == 0) {
                behind = Math.max(behind, length);
                length = index;
            }
            return;
        }
        int known = Math.max(length, behind);
        if (index >= known) {
            Arrays.fill(characters, known, index, (char) 0);
            behind = index + 1;
        }
        characters[index] = (char) character;
        while (length < behind && characters[length] != 0) {
            length++;
        }
    }

    private int inside(int index) {
        if (index < 0 || index >= capacity) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in 0.." + (capacity - 1));
        }
        return index;
    }

    /// Takes over the value of another text, cut at the capacity.
    public void set(Text other) {
        int count = Math.min(other.length, capacity);
        System.arraycopy(other.characters, 0, characters, 0, count);
        length = count;
        behind = 0;
    }

    /// What was put behind the end, from there on; most texts have nothing there. With the value it is all that
    /// a program can see of a text.
    public String behind() {
        return behind > length ? new String(characters, length, behind - length) : "";
    }

    /// How many characters lie in what was put behind the end.
    public int behindLength() {
        return Math.max(0, behind - length);
    }

    /// Takes over the value of another text and what lies behind its end.
    ///
    /// @param other of the same capacity
    public void copy(Text other) {
        set(other);
        if (other.behind > length) {
            System.arraycopy(other.characters, length, characters, length, other.behind - length);
            behind = other.behind;
        }
    }

    /// Takes over a value and what lies behind its end, as [#behind] told it.
    public void set(String value, String rest) {
        set(value);
        int count = Math.min(rest.length(), capacity - length);
        if (count > 0) {
            rest.getChars(0, count, characters, length);
            behind = length + count;
        }
    }

    /// Takes over the value of another text, which is worth nothing afterwards: where both have the same room
    /// they exchange their characters, and nothing is copied.
    public void take(Text other) {
        if (other.characters.length != characters.length) {
            set(other);
            return;
        }
        char[] own = characters;
        characters = other.characters;
        other.characters = own;
        other.behind = 0;
        length = Math.min(other.length, capacity);
        behind = 0;
    }

    public void set(String value) {
        int count = Math.min(value.length(), capacity);
        value.getChars(0, count, characters, 0);
        length = count;
        behind = 0;
    }

    public void clear() {
        length = 0;
        behind = 0;
    }

    /// Adds a character at the end where there is room.
    public void append(char character) {
        behind = 0;
        if (length < capacity) {
            characters[length++] = character;
        }
    }

    /// Adds `count` characters of another text, from an index from 0, as far as there is room.
    public void append(Text other, int from, int count) {
        behind = 0;
        int room = Math.min(count, capacity - length);
        if (room > 0) {
            System.arraycopy(other.characters, from, characters, length, room);
            length += room;
        }
    }

    /// Adds characters at the end as far as there is room.
    public void append(CharSequence other) {
        for (int i = 0; i < other.length(); i++) {
            append(other.charAt(i));
        }
    }

    /// Adds the last decimal digits of a number of which all bits count, with zeros before it, as far as there
    /// is room.
    ///
    /// @param width how many digits
    public void appendDigits(long number, int width) {
        behind = 0;
        int end = Math.min(length + width, capacity);
        long rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            long tenth = rest < 0 ? Long.divideUnsigned(rest, 10) : rest / 10;
            if (i < end) {
                characters[i] = (char) ('0' + (rest - 10 * tenth));
            }
            rest = tenth;
        }
        length = end;
    }

    /// The index of the first place where another text stands in this one; -1 if there is none.
    public int indexOf(Text part) {
        char[] all = characters;
        char[] wanted = part.characters;
        int last = length - part.length;
        for (int from = 0; from <= last; from++) {
            int same = 0;
            while (same < part.length && all[from + same] == wanted[same]) {
                same++;
            }
            if (same == part.length) {
                return from;
            }
        }
        return -1;
    }

    /// Whether it has exactly these characters.
    public boolean is(String value) {
        if (length != value.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (characters[i] != value.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Compares unit by unit; a text that another begins with is the smaller.
    public static int compare(Text a, Text b) {
        return Arrays.compare(a.characters, 0, a.length, b.characters, 0, b.length);
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }
}
