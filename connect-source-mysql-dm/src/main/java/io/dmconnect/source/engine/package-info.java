/** The connector's life: snapshot, then stream, on threads of its own. */
package io.dmconnect.source.engine;
