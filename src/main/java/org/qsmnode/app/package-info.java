/**
 * The program: {@code main}, the commands of the command line, typed settings and the wiring of all
 * parts by constructor.
 *
 * <p>Nothing else reads environment, command line or configuration files. May use every package;
 * picocli, the progress bar and the embedded broker enter here.
 */
@NullMarked
package org.qsmnode.app;

import org.jspecify.annotations.NullMarked;
