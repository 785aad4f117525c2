package io.millwright.node.command;

import io.millwright.model.text.DataSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an amount of data of an option, in bytes, e.g. `8GiB`.
public final class DataSize implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return DataSizes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
