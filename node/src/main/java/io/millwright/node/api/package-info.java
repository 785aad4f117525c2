/// The HTTP interface, `/api/v1`, and the console's files.
///
/// [PlantRoutes] says what there is: one [Route] for each operation, from which both the server and the OpenAPI
/// document are made. [HttpServer] serves them; [LiveStream] is the stream of samples (Server-Sent Events).
@NullMarked
package io.millwright.node.api;

import org.jspecify.annotations.NullMarked;
