/** Records of schema changes. */
package io.dmconnect.source.ddl;
