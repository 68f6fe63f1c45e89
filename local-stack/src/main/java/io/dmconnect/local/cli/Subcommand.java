package io.dmconnect.local.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code ./dm}: a picocli command that returns the exit status, registered as a
 * service in {@code META-INF/services/io.dmconnect.local.cli.Subcommand}.
 */
public interface Subcommand extends Callable<Integer> {}
