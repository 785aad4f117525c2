/// Any code: recognised, read, and converted between its forms.
@NullMarked
package io.millwright.identity.code.form;

import org.jspecify.annotations.NullMarked;
