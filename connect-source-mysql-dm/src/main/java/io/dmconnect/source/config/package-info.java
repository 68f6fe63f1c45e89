/** The connector's configuration and what it says about a server. */
package io.dmconnect.source.config;
