package io.millwright.node.command;

import io.millwright.model.Plant;
import io.millwright.model.plantfile.Excerpt;
import io.millwright.model.plantfile.PlantFile;
import io.millwright.model.plantfile.ProtocolRules;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Plant files and other files of text as commands read them.
public final class PlantFiles {

    static final ProtocolRules RULES = new ConnectRules(KnownProtocols.ALL);

    private static final long MAX_BYTES = 64L << 20;

    private PlantFiles() {}

    /// The plant of a right file.
    ///
    /// @throws UsageError if there are mistakes; the message shows all of them, each with its line
    public static Plant read(Path file) {
        return of(text(file), file.toString());
    }

    /// The plant of a right text.
    ///
    /// @param name what messages call it
    /// @throws UsageError as [#read]
    public static Plant of(String text, String name) {
        return switch (PlantFile.read(text, name, RULES)) {
            case PlantFile.Right(var plant) -> plant;
            case PlantFile.Wrong(var problems) ->
                throw new UsageError(name + " has " + problems.size()
                        + (problems.size() == 1 ? " mistake:\n" : " mistakes:\n")
                        + Excerpt.of(problems, text, false).stripTrailing());
        };
    }

    /// What the file holds.
    ///
    /// @throws UsageError if it cannot be read; the message says why
    public static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageError(file + " is larger than " + (MAX_BYTES >> 20) + " MiB; a plant file is not");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new UsageError(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UsageError(file + " cannot be read: " + IoReason.of(e));
        }
    }
}
