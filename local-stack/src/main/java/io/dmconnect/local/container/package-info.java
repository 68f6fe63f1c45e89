/** Servers in containers: an engine that is there already, driven through Testcontainers. */
package io.dmconnect.local.container;
