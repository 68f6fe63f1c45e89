/** What is fetched, unpacked or built once, in a cache outside the build folder. */
package io.dmconnect.local.artifact;
