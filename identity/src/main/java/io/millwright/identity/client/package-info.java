/// Asks nodes: [HandleClient] sends a request to one [Endpoint] and says in a sealed result what came of it.
@NullMarked
package io.millwright.identity.client;

import org.jspecify.annotations.NullMarked;
