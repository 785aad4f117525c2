package io.millwright.iec61131.jvm;

import java.lang.constant.ClassDesc;

/// The field of a generated class in which a variable lies.
record Field(ClassDesc owner, String name, ClassDesc type) {}
