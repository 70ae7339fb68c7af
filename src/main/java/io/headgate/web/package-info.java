/// What every edge of the control plane that speaks HTTP shares: where a request comes from, how what people send is
/// read and refused. Knows no noun of the domain and answers nothing itself.
@NullMarked
package io.headgate.web;

import org.jspecify.annotations.NullMarked;
