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
        length = 0;
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

    /// The character at an index from 0; beyond the length it is 0, beyond the capacity an
    /// [ArrayIndexOutOfBoundsException], which is a trap of the program.
    public int at(int index) {
        char character = characters[inside(index)];
        return index < length ? character : 0;
    }

    /// Changes one character in place, as an index into a text does: a 0 ends it there, another one after its
    /// end makes it longer.
    public void put(int index, int character) {
        inside(index);
        if (index >= length && character != 0) {
            Arrays.fill(characters, length, index, ' ');
            length = index + 1;
        }
        characters[index] = (char) character;
        if (character == 0 && index < length) {
            length = index;
        }
    }

    private int inside(int index) {
        if (index < 0 || index >= capacity) {
            throw new ArrayIndexOutOfBoundsException(index);
        }
        return index;
    }

    /// Takes over the value of another text, cut at the capacity.
    public void set(Text other) {
        int count = Math.min(other.length, capacity);
        System.arraycopy(other.characters, 0, characters, 0, count);
        length = count;
    }

    public void set(String value) {
        int count = Math.min(value.length(), capacity);
        value.getChars(0, count, characters, 0);
        length = count;
    }

    public void clear() {
        length = 0;
    }

    /// Adds a character at the end where there is room.
    public void append(char character) {
        if (length < capacity) {
            characters[length++] = character;
        }
    }

    /// Adds `count` characters of another text, from an index from 0, as far as there is room.
    public void append(Text other, int from, int count) {
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
